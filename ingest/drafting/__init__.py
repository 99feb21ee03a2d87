"""What helps whoever writes a mapping: a first draft, a preview, how one value is read, the page of formats."""
