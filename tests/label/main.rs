//! `stance label` and its page's server, as a process that is talked to over HTTP, and the laws of
//! its journal.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod adjudicating;
mod client;
mod faults;
mod labelling;
mod laws;
mod refusals;

/// Two articles by two authors, eight sentences in all.
const ARTICLES: [(&str, &str); 2] = [
    (
        "strait.txt",
        "Talks on the strait resume\n\nBy Edda Holm\n\n\
         The two governments are close to an agreement on the strait. The minister said that a \
         treaty could be signed before the summer. There is no sign of progress on the islands.\n\n\
         Trade between the two countries has grown. Nothing suggests that either side gives way.\n",
    ),
    (
        "canal.txt",
        "The canal stays closed\n\nBy Jon Marsh\n\n\
         Nobody expects the canal to open this year. The envoys have stopped meeting, and the \
         ferries have been sold. A commission will report in the autumn.\n",
    ),
];
