"""What people may ask for: what is held about them and who looked; and taking the register out."""
