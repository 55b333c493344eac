/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/count_budget.h"

#include "growth/fault_turns.h"

#define AT_ONCE_NS  2e7
#define SWITCH_FREE 5e-4
#define SECOND_NS   1e9

void count_budget_init(struct count_budget *budget)
{
	*budget = (struct count_budget){.left_ns = AT_ONCE_NS};
}

double count_budget_price(const struct fault_cost *cost, double faults, double switches_per_second,
			  double passed_ns)
{
	const double switches = switches_per_second * passed_ns / SECOND_NS * cost->switch_ns;

	return faults * cost->count_ns + (switches > SWITCH_FREE * passed_ns ? switches : 0);
}

void count_budget_pay(struct count_budget *budget, double paid_ns, double cpu_ns)
{
	budget->left_ns += FAULT_TURNS_SHARE * cpu_ns - paid_ns;
	if (budget->left_ns > AT_ONCE_NS)
		budget->left_ns = AT_ONCE_NS;
	/* Half of it has to be there again, or turns would begin and end all the time. */
	budget->spent = budget->left_ns < (budget->spent ? AT_ONCE_NS / 2 : 0);
}
