/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_STATEMENT_TEXT_H
#define TESTS_UNIT_STATEMENT_TEXT_H

#include "base/text.h"
#include "screen/role.h"
#include "ui/text/explanation.h"

/* Appends what a text does not show of a statement: its role, and the share that its bar shows. */
static inline void statement_append_look(struct text *text, const struct statement *statement)
{
	if (statement->role != ROLE_DEFAULT)
		text_append_format(text, " {%s}", role_name(statement->role));
	if (statement->whole)
		text_append_format(text, " {%llu of %llu}", (unsigned long long)statement->part,
				   (unsigned long long)statement->whole);
}

#endif
