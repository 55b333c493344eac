/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_STILL_SOURCE_H
#define APP_STILL_SOURCE_H

/*
 * One moment of a process as a source (sampler/source.h), for the screen: the first read gives it,
 * and then there is nothing new. To the screen it is a recording of one sample, which is held.
 */

struct address_space;
struct kept_usage;
struct replay_link;
struct source;

/*
 * Takes the snapshot and what was in memory of it over. *ret_link is for its reader, in another
 * thread, and freed by replay_link_release(): both may outlive the other.
 */
void still_source_create(struct address_space *space, struct kept_usage *usage,
			 struct source **ret_source, struct replay_link **ret_link);

#endif
