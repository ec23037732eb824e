// The theme's styles ask by these classes whether scripts run.
document.documentElement.classList.replace("no-js", "js");
