/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explanation.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void explanation_finish(struct explanation *explanation)
{
	arena_finish(&explanation->arena);
	free(explanation->statements);
	*explanation = (struct explanation){0};
}

void explanation_say(struct explanation *to, const char *label, const char *value, enum role role)
{
	struct statement *statement;

	to->statements = memory_array_grow(to->statements, to->count, &to->capacity,
					   sizeof(*to->statements));
	statement = &to->statements[to->count++];
	*statement = (struct statement){
		.label = label,
		.value = value ? arena_copy(&to->arena, value, strlen(value)) : NULL,
		.role = role,
	};
}
