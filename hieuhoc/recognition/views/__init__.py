"""Pages of recognition: papers of a round, meetings, deciding, the register and what follows."""
