"""What pages share: pictures, lists, pickers, texts from outside, downloads."""
