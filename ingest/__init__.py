"""From raw exports to one published generation; and the synthetic municipality that writes such exports."""
