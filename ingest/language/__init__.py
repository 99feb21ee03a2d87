"""The mapping language: how a municipality says what stands where in its files, and the tables it may fill."""
