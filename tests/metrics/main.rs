//! `stance::metrics` from outside: against other people's numbers, and what must always hold.
#![allow(clippy::unwrap_used)]

mod edges;
mod laws;
mod reference;
