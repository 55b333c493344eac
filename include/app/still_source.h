/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_STILL_SOURCE_H
#define APP_STILL_SOURCE_H

/*
 * One moment of a process as a source (sampler/source.h): the first read gives it, and then there
 * is nothing new. With a link the screen takes it for a recording of one sample, which is held.
 */

struct address_space;
struct kept_usage;
struct replay_link;
struct source;

/* A source of the snapshot, which it owns from then on. */
struct source *still_source_create(struct address_space *space);

/*
 * The same with what was in memory of it, which is taken over, too. *ret_link is for its reader, in
 * another thread, and freed by replay_link_release(): both may outlive the other.
 */
struct source *still_source_create_linked(struct address_space *space, struct kept_usage *usage,
					  struct replay_link **ret_link);

#endif
