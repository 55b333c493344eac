/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/errand.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct errand *errand_make(helper_call call, const struct text *request, bool suspect)
{
	struct errand *errand = memory_alloc(sizeof(*errand));

	errand->call = call;
	errand->suspect = suspect;
	text_append_bytes(&errand->request, text_string(request), request->length);
	return errand;
}

static void destroy(struct errand *errand)
{
	text_finish(&errand->request);
	text_finish(&errand->reply);
	free(errand);
}

void errand_drop(struct errand *errand)
{
	if (!errand)
		return;
	if (errand->state == ERRAND_WAITING || errand->state == ERRAND_ASKED)
		errand->dropped = true;
	else
		destroy(errand);
}

bool errand_take_reply(const struct errand *errand, void *ret_reply, size_t size)
{
	if (errand->state != ERRAND_DONE || errand->reply.length != size)
		return false;
	memcpy(ret_reply, errand->reply.bytes, size);
	return true;
}

void errand_push(struct errand_queue *queue, struct errand *errand)
{
	if (queue->last)
		queue->last->next = errand;
	else
		queue->first = errand;
	queue->last = errand;
}

struct errand *errand_pop(struct errand_queue *queue)
{
	struct errand *errand = queue->first;

	if (!errand)
		return NULL;
	queue->first = errand->next;
	if (!queue->first)
		queue->last = NULL;
	errand->next = NULL;
	return errand;
}

void errand_settle(struct errand *errand, enum errand_state state)
{
	errand->state = state;
	if (errand->dropped)
		destroy(errand);
}

void errand_settle_all(struct errand_queue *queue, enum errand_state state)
{
	struct errand *errand;

	while ((errand = errand_pop(queue)))
		errand_settle(errand, state);
}
