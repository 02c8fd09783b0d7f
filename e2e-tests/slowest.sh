#!/bin/sh
# Prints the twenty test classes of all modules that took longest, by the reports of Surefire and Failsafe.
set -eu
cd "$(dirname "$0")/.."
echo "The twenty slowest test classes, in seconds:"
for report in */target/surefire-reports/TEST-*.xml */target/failsafe-reports/TEST-*.xml; do
  [ -e "$report" ] || continue
  { head -c 2000 "$report" | tr '\n' ' '; echo; } |
    sed -n "s|.*<testsuite [^>]*name=\"\([^\"]*\)\" time=\"\([^\"]*\)\".*|\2 ${report%%/*} \1|p"
done | tr -d , | sort -rn | head -n 20 | awk '{ printf "%8.1f  %-12s %s\n", $1, $2, $3 }'
