/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recorder_gifts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"

struct recorder_gift *recorder_gift_make(enum gift_type type)
{
	struct recorder_gift *gift = memory_alloc(sizeof(*gift));

	gift->type = type;
	gift->bytes = sizeof(*gift);
	return gift;
}

void recorder_gift_free(struct recorder_gift *gift)
{
	address_space_destroy(gift->space);
	kept_usage_finish(&gift->usage);
	free(gift->words);
	free(gift);
}

void recorder_gifts_append(struct recorder_gifts *queue, struct recorder_gift *gift)
{
	gift->next = NULL;
	if (!queue->first)
		queue->end = &queue->first;
	*queue->end = gift;
	queue->end = &gift->next;
	queue->bytes += gift->bytes;
}

struct recorder_gift *recorder_gifts_take(struct recorder_gifts *queue)
{
	struct recorder_gift *gift = queue->first;

	if (gift) {
		queue->first = gift->next;
		queue->bytes -= gift->bytes;
	}
	return gift;
}

void recorder_gifts_drop(struct recorder_gifts *queue)
{
	struct recorder_gift *gift;

	while ((gift = recorder_gifts_take(queue)) != NULL)
		recorder_gift_free(gift);
}

void recorder_gifts_keep(struct recorder_gifts *gifts, struct recorder_gift *gift, int64_t span_ns,
			 uint64_t memory)
{
	recorder_gifts_append(gifts, gift);
	while (gifts->first != gift &&
	       (gifts->bytes > memory || gifts->first->type != GIFT_SAMPLE ||
		(gift->space && gift->space->time_ns - gifts->first->space->time_ns > span_ns)))
		recorder_gift_free(recorder_gifts_take(gifts));
}
