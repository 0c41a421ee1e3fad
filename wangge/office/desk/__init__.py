"""The area tree on the desk."""
