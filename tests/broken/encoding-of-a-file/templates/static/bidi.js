let a = "‮";
