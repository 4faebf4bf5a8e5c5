"""Exports that have to convince somebody else."""
