"""Who asks what: questions held against what there is, and written down before they are answered."""
