//! Pictures: golden files, and what must hold whatever is drawn.

use super::{everywhere, everywhere_with, golden};
use crate::hostile::hostile;
use crate::results::{Cases, comparison, plain};
use proptest::prelude::*;
use stance::codebook::Codebook;
use stance::report::article::ArticleReport;
use stance::report::chart;

#[test]
fn charts_look_as_they_did() {
    let codebook = Codebook::shipped();
    let set = codebook.polar().unwrap();
    golden(
        "comparison.svg",
        &chart::comparison(&comparison(), set).unwrap(),
    );
    let cases = Cases::read();
    golden(
        "timeline.svg",
        &chart::timeline(&cases.reports(), &codebook).unwrap(),
    );
}

#[test]
fn what_does_not_fit_a_picture_is_refused_with_a_remedy() {
    let codebook = Codebook::shipped();
    let set = codebook.polar().unwrap();
    let mut many = comparison();
    many.rows = vec![many.rows[0].clone(); 401];
    let error = chart::comparison(&many, set).unwrap_err();
    assert!(error.to_string().contains("try: "), "{error}");
    assert_eq!(error.exit_code(), 2);
    let (codebook, tagged) = plain();
    let error = chart::timeline(&[ArticleReport::new(&tagged)], &codebook).unwrap_err();
    assert!(error.to_string().contains("codebook"), "{error}");
}

#[test]
fn a_set_without_order_is_drawn_without_net() {
    let (codebook, _) = plain();
    let chart = chart::comparison(&comparison(), &codebook.sets[0]).unwrap();
    assert!(chart.contains(">100%<") && !chart.contains(">+0.5<"));
}

/// The elements of a picture without their texts, but for the places, which depend on widths.
fn elements(svg: &str) -> Vec<String> {
    let names = svg.split('<').skip(1);
    names
        .map(|name| name.split([' ', '>', '/']).next().unwrap_or("").to_owned())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn text_adds_no_element_to_a_picture(text in hostile().prop_map(|text| format!("x{text}"))) {
        let (trouble, harmless) = (everywhere(&text).charts(), everywhere("x").charts());
        for (trouble, harmless) in trouble.iter().zip(&harmless) {
            prop_assert_eq!(elements(trouble), elements(harmless));
        }
    }
}

#[test]
fn figures_beyond_reason_are_drawn() {
    for figure in [f64::MAX, f64::INFINITY, f64::NAN, -3.0] {
        for chart in everywhere_with("x", figure).charts() {
            assert!(!chart.contains("NaN") && !chart.contains("inf"), "{chart}");
        }
    }
}

#[cfg(feature = "png")]
mod as_png {
    use super::*;

    /// Width and height in dots, and how many colours it has.
    fn look(png: &[u8]) -> (u32, u32, usize) {
        let pixmap = resvg::tiny_skia::Pixmap::decode_png(png).unwrap();
        let colours: std::collections::BTreeSet<_> = pixmap
            .pixels()
            .iter()
            .map(|dot| (dot.red(), dot.green(), dot.blue(), dot.alpha()))
            .collect();
        (pixmap.width(), pixmap.height(), colours.len())
    }

    #[test]
    fn a_png_has_two_dots_to_a_point_and_is_not_blank() {
        let codebook = Codebook::shipped();
        let svg = chart::comparison(&comparison(), codebook.polar().unwrap()).unwrap();
        let (width, height, colours) = look(&chart::png(&svg).unwrap());
        assert_eq!(width, 1920);
        assert!(
            svg.contains(&format!("height=\"{}\"", height / 2)),
            "{height}"
        );
        assert!(colours > 20, "{colours}");
    }

    /// The letters come from the program, not from the machine: without its text a picture differs.
    #[test]
    fn text_is_drawn() {
        let text = |words: &str| {
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20' font-family='sans-serif'><text y='15'>{words}</text></svg>"
            );
            look(&chart::png(&svg).unwrap()).2
        };
        assert_eq!(text(""), 1);
        assert!(text("Ελένη Žižek ▲ −0.5") > 1 && text("Ж") > 1);
    }

    #[test]
    fn what_is_no_svg_is_an_error() {
        assert!(chart::png("<svg").unwrap_err().to_string().contains(".svg"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]

        #[test]
        fn any_name_can_be_drawn(text in hostile()) {
            for chart in everywhere(&text).charts() {
                prop_assert!(!chart::png(&chart).unwrap().is_empty());
            }
        }
    }
}
