"""Prints the text of one PDF, in a process of its own: ``python -m stance._pdf FILE``."""

from __future__ import annotations

import sys

from ._stance import extract_pdf

if __name__ == "__main__":
    sys.stdout.buffer.write(extract_pdf(sys.argv[1]).encode())
