"""Who is kin to whom in truth, independent of the product."""
