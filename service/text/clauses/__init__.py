"""One clause: its words in; the atoms, the frames that fit and how each is meant (denied, doubted, away) out."""
