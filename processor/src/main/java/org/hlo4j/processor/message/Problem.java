package org.hlo4j.processor.message;

/**
 * A message about something in the user's source.
 *
 * @param text the message with its id, about this case
 * @param place where it is shown
 */
public record Problem(Message message, String text, Place place) {}
