"""Reports, their facts and the picture of foreign troop presence as of a day."""
