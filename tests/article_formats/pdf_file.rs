//! Writes small PDF files for the tests.

/// A valid PDF of one page for every slice of lines, set in Helvetica.
pub fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 4 + 2 * page))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            pages.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * page
        ));
        let stream = drawn(lines);
        objects.push(format!(
            "<< /Length {} >>\nstream\n{stream}\nendstream",
            stream.len()
        ));
    }
    assemble(&objects, "")
}

/// The same, with an entry more in its trailer.
pub fn assemble(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let start = file.len();
    let size = objects.len() + 1;
    file += &format!("xref\n0 {size}\n0000000000 65535 f \n");
    for offset in offsets {
        file += &format!("{offset:010} 00000 n \n");
    }
    file +=
        &format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

fn drawn(lines: &[&str]) -> String {
    let mut stream = "BT /F1 11 Tf 14 TL 72 720 Td".to_owned();
    for line in lines {
        let escaped = line
            .replace('\\', r"\\")
            .replace('(', r"\(")
            .replace(')', r"\)");
        stream += &format!(" ({escaped}) Tj T*");
    }
    stream + " ET"
}
