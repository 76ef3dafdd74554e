"""Lines of a proof, each checked to hold for the reason that its author gives."""
