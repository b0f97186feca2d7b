//! Seeded random numbers with the same bits on every machine.
//!
//! Distribution crates take `ln` and `exp` from the platform, whose last bits differ; here every
//! transcendental function comes from `libm`.

use crate::metrics::SplitMix64;

/// Draws from distributions.
#[derive(Debug, Clone)]
pub struct Random(SplitMix64);

impl Random {
    /// A stream of its own for every seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(SplitMix64::new(seed))
    }

    /// A stream of its own for every name (seeded by its FNV-1a hash).
    #[must_use]
    pub fn named(name: &str) -> Self {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(SplitMix64::new(hash))
    }

    /// Uniform in `0 ≤ u < 1`.
    pub fn uniform(&mut self) -> f64 {
        (self.0.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform among `0..n`; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        self.0.below(n)
    }

    /// An index drawn with the given probabilities (which need not sum to exactly one).
    pub fn choose(&mut self, probabilities: &[f64]) -> usize {
        let mut left = self.uniform() * probabilities.iter().sum::<f64>();
        for (index, &probability) in probabilities.iter().enumerate() {
            left -= probability;
            if left < 0.0 {
                return index;
            }
        }
        probabilities.len().saturating_sub(1)
    }

    /// Standard normal (Box & Muller 1958).
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// Gamma with scale one (Marsaglia & Tsang 2000, "A simple method for generating gamma variables").
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = libm::pow(1.0 - self.uniform(), 1.0 / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            let u = 1.0 - self.uniform();
            if v > 0.0 && libm::log(u) < 0.5 * x * x + d * (1.0 - v + libm::log(v)) {
                return d * v;
            }
        }
    }

    /// Dirichlet with these positive parameters.
    pub fn dirichlet(&mut self, alpha: impl IntoIterator<Item = f64>) -> Vec<f64> {
        // Tiny parameters can make every gamma underflow; the floor keeps the sum positive.
        let mut shares: Vec<f64> = alpha
            .into_iter()
            .map(|shape| self.gamma(shape).max(f64::MIN_POSITIVE))
            .collect();
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
        shares
    }
}
