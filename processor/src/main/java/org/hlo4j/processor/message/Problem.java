package org.hlo4j.processor.message;

/**
 * A problem in the user's source.
 *
 * @param text the message with its id, for this problem
 * @param place where it is shown
 */
public record Problem(Message message, String text, Place place) {}
