/** Stands for a line break inside a message of the console. */
export declare const lineBreak: string;
