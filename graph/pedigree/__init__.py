"""The pedigree picture: one layout and one SVG for screen, report and notebook."""
