"""The parts that screens are built from, each drawn as the design says."""
