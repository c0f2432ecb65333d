/** The Region whose quotas the storm meets: that of the rehearsal which its trace comes from. */
export const region = 'us-east-1';
