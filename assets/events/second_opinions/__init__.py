"""What a second, independent coder reads in the same sentences, and where it agrees with the rules."""
