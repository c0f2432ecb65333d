/** SSM parameters below it stop the line: one named after each service, and `all`. */
export const lineSwitchPrefix = '/greengate/stop-the-line';
