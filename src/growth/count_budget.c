/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/count_budget.h"

#include "growth/fault_turns.h"

#define AT_ONCE_NS 2e7

void count_budget_init(struct count_budget *budget)
{
	*budget = (struct count_budget){.left_ns = AT_ONCE_NS};
}

void count_budget_pay(struct count_budget *budget, double paid_ns, double cpu_ns)
{
	budget->left_ns += FAULT_TURNS_SHARE * cpu_ns - paid_ns;
	if (budget->left_ns > AT_ONCE_NS)
		budget->left_ns = AT_ONCE_NS;
	/* Half of it has to be there again, or turns would begin and end all the time. */
	budget->spent = budget->left_ns < (budget->spent ? AT_ONCE_NS / 2 : 0);
}
