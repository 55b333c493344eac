/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/replay_time.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "base/number.h"

#define SECOND_NS   INT64_C(1000000000)
#define DAY_SECONDS 86400
#define SPAN_MAX    (UINT64_C(100) * 366 * DAY_SECONDS)

/* So many digits, and the sign behind them ('\0': none), as a number. */
static bool take_digits(const char **at, size_t digits, char sign, int most, int *ret_number)
{
	uint64_t number;

	if (strlen(*at) < digits || number_parse(*at, digits, (uint64_t)most, &number))
		return false;
	*at += digits;
	if (sign && *(*at)++ != sign)
		return false;
	*ret_number = (int)number;
	return true;
}

/* ".25" */
static bool take_fraction(const char **at, int64_t *ret_ns)
{
	int64_t digit = SECOND_NS;

	*ret_ns = 0;
	if (**at != '.')
		return true;
	for ((*at)++; **at >= '0' && **at <= '9'; (*at)++) {
		digit /= 10;
		*ret_ns += (**at - '0') * digit;
	}
	return digit < SECOND_NS;
}

static bool take_clock(const char **at, struct tm *tm, int64_t *ret_ns)
{
	return take_digits(at, 2, ':', 23, &tm->tm_hour) &&
	       take_digits(at, 2, ':', 59, &tm->tm_min) &&
	       take_digits(at, 2, '\0', 60, &tm->tm_sec) && take_fraction(at, ret_ns);
}

/* "90s", "5m", "2h" in nanoseconds. */
static int parse_span(const char *at, int64_t *ret_ns)
{
	const char *end = at + strlen(at);
	uint64_t number, unit;

	if (number_scan(&at, end, 10, &number) || number > SPAN_MAX || end - at != 1)
		return -EINVAL;
	unit = *at == 's' ? 1 : *at == 'm' ? 60 : *at == 'h' ? 3600 : 0;
	if (!unit || number > SPAN_MAX / unit)
		return -EINVAL;
	*ret_ns = (int64_t)(number * unit) * SECOND_NS;
	return 0;
}

/* A time of the day: that of the last day on which it is in the recording, else of its last day. */
static int parse_clock(const char *at, int64_t first_ns, int64_t last_ns, int64_t *ret_time_ns)
{
	time_t last = (time_t)(last_ns / SECOND_NS);
	struct tm tm;
	int64_t ns, time_ns;

	localtime_r(&last, &tm);
	tm.tm_isdst = -1;
	if (!take_clock(&at, &tm, &ns) || *at)
		return -EINVAL;
	time_ns = (int64_t)mktime(&tm) * SECOND_NS + ns;
	if (time_ns > last_ns) {
		tm.tm_mday--;
		tm.tm_isdst = -1;
		ns += (int64_t)mktime(&tm) * SECOND_NS;
		time_ns = ns >= first_ns - SECOND_NS ? ns : time_ns;
	}
	*ret_time_ns = time_ns;
	return 0;
}

/* With the day; a Z at its end says that it is UTC. */
static int parse_day(const char *at, int64_t *ret_time_ns)
{
	struct tm tm = {.tm_isdst = -1};
	int64_t ns;
	time_t seconds;
	int year, month;
	bool utc;

	if (!take_digits(&at, 4, '-', 9999, &year) || !take_digits(&at, 2, '-', 12, &month) ||
	    !take_digits(&at, 2, '\0', 31, &tm.tm_mday) || (*at != ' ' && *at != 'T'))
		return -EINVAL;
	at++;
	if (year < 1970 || !month || !tm.tm_mday || !take_clock(&at, &tm, &ns))
		return -EINVAL;
	utc = *at == 'Z';
	if (at[utc])
		return -EINVAL;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	seconds = utc ? timegm(&tm) : mktime(&tm);
	if (seconds > INT64_MAX / SECOND_NS - 1)
		return -EINVAL;
	*ret_time_ns = (int64_t)seconds * SECOND_NS + ns;
	return 0;
}

int replay_time_parse(const char *words, int64_t first_ns, int64_t last_ns, int64_t *ret_time_ns)
{
	int64_t span;

	if (*words == '+' || *words == '-') {
		if (parse_span(words + 1, &span))
			return -EINVAL;
		*ret_time_ns = *words == '+' ? first_ns + (span < INT64_MAX - first_ns ? span : 0)
					     : last_ns - span;
		return 0;
	}
	return strchr(words, '-') ? parse_day(words, ret_time_ns)
				  : parse_clock(words, first_ns, last_ns, ret_time_ns);
}
