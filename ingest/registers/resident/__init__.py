"""住民基本台帳: dated memberships of households, and what 続柄 states about kin (E1, E2, E8)."""
