# Plots a results folder: adopted and functioning over time, with their 5 to 95 % bands.
#
#     gnuplot -e "results='RESULTS'; out='OUT.svg'" plot.gnuplot
#
# gnuplot reads the table as it is; the columns are those of timeline.csv:
#   2 date, 3 to 7 country, tier, wave, group and size (`all`: not split), 8 measure, 9 median, 10 p05, 11 p95
set datafile separator ","
set terminal svg size 700,400 font "sans-serif,11"
set output out
set xdata time
set timefmt "%Y-%m"
set format x "%Y"
set ylabel "% of adopting places"
set yrange [0:*]
set border 3
set tics nomirror
set key top left reverse Left samplen 2

table = results . "/timeline.csv"
is(name) = strcol(3).strcol(4).strcol(5).strcol(6).strcol(7) eq "allallallallall" && strcol(8) eq name

plot table skip 1 using 2:(is("adopted") ? 100 * column(10) : NaN):(100 * column(11)) with filledcurves fc rgb "#c4c9781a" notitle, \
     table skip 1 using 2:(is("functioning") ? 100 * column(10) : NaN):(100 * column(11)) with filledcurves fc rgb "#c40d6478" notitle, \
     table skip 1 using 2:(is("adopted") ? 100 * column(9) : NaN) with lines lw 2 lc rgb "#c9781a" title "adopted", \
     table skip 1 using 2:(is("functioning") ? 100 * column(9) : NaN) with lines lw 2 lc rgb "#0d6478" title "functioning"
