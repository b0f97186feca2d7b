//! Long vectors, cut into pieces of one size so that no sum depends on the number of threads.

use rayon::prelude::*;

/// The length of a piece.
pub(super) const PIECE: usize = 1 << 12;

/// Adds up the parts in their order.
pub(super) fn total(parts: impl IndexedParallelIterator<Item = f64>) -> f64 {
    let parts: Vec<f64> = parts.collect();
    parts.iter().sum()
}

/// a·b
pub(super) fn dot(a: &[f32], b: &[f32]) -> f64 {
    let pieces = a.par_chunks(PIECE).zip(b.par_chunks(PIECE));
    total(pieces.map(|(a, b)| sum_of_products(a, b)))
}

/// p ← m∘r + βp
pub(super) fn turn(p: &mut [f32], beta: f64, r: &[f32], m: &[f32]) {
    let beta = beta as f32;
    p.par_chunks_mut(PIECE)
        .zip(r.par_chunks(PIECE).zip(m.par_chunks(PIECE)))
        .for_each(|(p, (r, m))| {
            for (p, (r, m)) in p.iter_mut().zip(r.iter().zip(m)) {
                *p = r * m + beta * *p;
            }
        });
}

/// a ← a + tb
pub(super) fn add(a: &mut [f32], t: f64, b: &[f32]) {
    let t = t as f32;
    let pieces = a.par_chunks_mut(PIECE).zip(b.par_chunks(PIECE));
    pieces.for_each(|(a, b)| {
        for (a, b) in a.iter_mut().zip(b) {
            *a += t * b;
        }
    });
}

/// r·(m∘r)
pub(super) fn energy(r: &[f32], m: &[f32]) -> f64 {
    let pieces = r.par_chunks(PIECE).zip(m.par_chunks(PIECE));
    total(pieces.map(|(r, m)| {
        let mut preconditioned = [0.0; PIECE];
        let preconditioned = &mut preconditioned[..r.len()];
        for (p, (r, m)) in preconditioned.iter_mut().zip(r.iter().zip(m)) {
            *p = r * m;
        }
        sum_of_products(r, preconditioned)
    }))
}

/// Eight sums side by side fill the vector unit (a single one waits for each addition).
fn sum_of_products(a: &[f32], b: &[f32]) -> f64 {
    let (a, last_a) = a.as_chunks::<8>();
    let (b, last_b) = b.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for (sum, (&a, &b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += f64::from(a) * f64::from(b);
        }
    }
    let last = last_a.iter().zip(last_b);
    let last: f64 = last.map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
    sums.iter().sum::<f64>() + last
}
