/**
 * Names that ECR lets a repository have, apart from their length, as source of a regular expression: the one that
 * CreateRepository quotes when it refuses a name.
 */
export const repositoryNameSource = String.raw`[a-z0-9]+(?:(?:\.|__?|-+|\/)[a-z0-9]+)*`;
