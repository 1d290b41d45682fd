# Plots a results folder: adopted and functioning over time, with their 5 to 95 % bands.
#
#     Rscript plot.R RESULTS OUT.svg
#
# Needs nothing but R itself.
arguments <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(file.path(arguments[1], "timeline.csv"), colClasses = c(date = "character", wave = "character"))
all <- rows$country == "all" & rows$tier == "all" & rows$wave == "all" & rows$group == "all" & rows$size == "all"
rows <- rows[all & rows$measure %in% c("adopted", "functioning"), ]
rows$when <- as.Date(paste0(rows$date, "-01"))

svg(arguments[2], width = 7, height = 4)
par(mar = c(3, 4.2, 1, 1), las = 1, bty = "l")
plot(range(rows$when), c(0, 100 * max(rows$p95)), type = "n", xlab = "", ylab = "% of adopting places")
colours <- c(adopted = "#c9781a", functioning = "#0d6478")
for (measure in names(colours)) {
  curve <- rows[rows$measure == measure, ]
  polygon(c(curve$when, rev(curve$when)), 100 * c(curve$p05, rev(curve$p95)), border = NA,
          col = adjustcolor(colours[[measure]], alpha.f = 0.26))
  lines(curve$when, 100 * curve$median, col = colours[[measure]], lwd = 2)
}
legend("topleft", legend = names(colours), col = colours, lwd = 2, bty = "n")
invisible(dev.off())
