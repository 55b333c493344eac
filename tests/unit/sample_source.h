/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SAMPLE_SOURCE_H
#define TESTS_UNIT_SAMPLE_SOURCE_H

#include "model/address_space.h"
#include "sampler/source.h"
#include "support/sample.h"

/* A source that gives a sample, of the python-like process, or an error. */
struct sample_source {
	struct source source;
	int error;
};

static inline int sample_source_read(struct source *source, struct address_space **ret_space)
{
	const struct sample_source *self = (const struct sample_source *)source;

	if (self->error)
		return self->error;
	*ret_space = sample_python();
	/* A user whom every machine knows by the same name. */
	(*ret_space)->target.uid = 0;
	return 0;
}

/* It is the test's. */
static inline void sample_source_destroy(struct source *source)
{
	(void)source;
}

static inline struct sample_source sample_source_of(int error)
{
	static const struct source_operations operations = {.read = sample_source_read,
							    .destroy = sample_source_destroy};

	return (struct sample_source){{&operations}, error};
}

#endif
