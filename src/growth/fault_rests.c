/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_rests.h"

#define AT_ONCE_NS 4e7
#define CLOSED_NS  INT64_C(1000000000) /* as long as closed events still cost something */
#define SECOND_NS  INT64_C(1000000000)

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Begins what comes next. */
static void follow(struct fault_rests *rests, bool resting, int64_t now_ns, int64_t length_ns)
{
	rests->resting = resting;
	rests->since_ns = now_ns;
	rests->until_ns = now_ns + length_ns;
}

void fault_rests_init(struct fault_rests *rests)
{
	*rests = (struct fault_rests){.left_ns = AT_ONCE_NS, .window_ns = FAULT_RESTS_FIRST_NS};
}

void fault_rests_clear(struct fault_rests *rests, int64_t now_ns)
{
	*rests = (struct fault_rests){.resting = rests->resting,
				      .left_ns = rests->left_ns,
				      .window_ns = FAULT_RESTS_FIRST_NS,
				      .since_ns = now_ns,
				      .until_ns = now_ns};
	if (!rests->resting)
		rests->until_ns += FAULT_RESTS_FIRST_NS;
}

/* The part of the time that passes that switches may cost. */
static double allowed_part(const struct fault_rests_load *load)
{
	const double of_cpu = FAULT_RESTS_SHARE * load->cpu;

	return of_cpu > FAULT_RESTS_FREE ? of_cpu : FAULT_RESTS_FREE;
}

void fault_rests_pay(struct fault_rests *rests, const struct fault_rests_load *load, int64_t now_ns)
{
	const int64_t passed = now_ns - rests->since_ns;
	const double paid = rests->resting ? load->closed * (double)least(passed, CLOSED_NS)
					   : load->open * (double)passed;

	rests->left_ns += allowed_part(load) * (double)passed - paid;
	if (rests->left_ns > AT_ONCE_NS)
		rests->left_ns = AT_ONCE_NS;
}

/*
 * What it pays is open * window + closed * the first second of the rest; allowed is a part of both
 * together.
 */
int64_t fault_rests_length(const struct fault_rests_load *load, int64_t window_ns)
{
	const double allowed = allowed_part(load);
	double length;
	int64_t whole;

	if (load->open <= allowed)
		return 0;
	length = (load->open * (double)window_ns + load->closed * (double)CLOSED_NS) / allowed;
	if (length > (double)(FAULT_RESTS_MOST_NS + window_ns))
		return FAULT_RESTS_MOST_NS;
	/* A rest that is over before events cost nothing any more saves little. */
	if (length < (double)(window_ns + CLOSED_NS))
		length = (double)(window_ns + CLOSED_NS);
	whole = ((int64_t)length + SECOND_NS - 1) / SECOND_NS * SECOND_NS;
	return least(whole - window_ns, FAULT_RESTS_MOST_NS);
}

void fault_rests_begin(struct fault_rests *rests, int64_t now_ns, int64_t window_ns,
		       int64_t rest_ns)
{
	rests->listened_ns += now_ns - rests->since_ns;
	rests->window_ns = window_ns;
	rests->rest_ns = rest_ns;
	follow(rests, rest_ns > 0, now_ns, rest_ns ? rest_ns : window_ns);
}

void fault_rests_end(struct fault_rests *rests, int64_t now_ns)
{
	rests->closed_ns += least(now_ns - rests->since_ns, CLOSED_NS);
	follow(rests, false, now_ns, rests->window_ns);
}

double fault_rests_factor(const struct fault_rests *rests)
{
	return 1 + (double)rests->rest_ns / (double)rests->window_ns;
}

int64_t fault_rests_listened(const struct fault_rests *rests, int64_t now_ns)
{
	return rests->listened_ns + (rests->resting ? 0 : now_ns - rests->since_ns);
}

int64_t fault_rests_closed(const struct fault_rests *rests, int64_t now_ns)
{
	return rests->closed_ns + (rests->resting ? least(now_ns - rests->since_ns, CLOSED_NS) : 0);
}
