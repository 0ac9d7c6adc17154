"""What a report may hold to do harm: formulas, markup, controls, overrides; for whoever writes it to a file."""

from __future__ import annotations

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
MARKUP = "<script>alert(1)</script>]]>&<b>"
CONTROLS = "a\x00b\x07c\x1bd\x7f"
TURNED = "abc\u202edcba\u2066\u2069\ufeff"
NO_XML = "x\ufffe\uffffy"
ALL = [*FORMULAS, MARKUP, CONTROLS, TURNED, NO_XML, 'The "Daily", of\nBaghdad; \\n,', "شفق نيوز"]
