//! Tables, HTML, PDF, and whatever the user names.
#![allow(clippy::unwrap_used)]

mod cases;
mod html;
mod pdf;
mod pdf_file;
mod properties;
mod source;
mod table;
