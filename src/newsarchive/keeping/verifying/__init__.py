"""The parts of verify: one module for each thing that is checked."""
