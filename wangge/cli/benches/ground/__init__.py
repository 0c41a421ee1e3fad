"""What benches share: a storage of their own, child processes, and measuring."""
