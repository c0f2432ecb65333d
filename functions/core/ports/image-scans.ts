/** What ECR says about the vulnerability scan of one image manifest (aws-facts 1.5). */
export interface ImageScan {
  /**
   * ScanStatus of ECR: COMPLETE (basic), ACTIVE (enhanced), IN_PROGRESS, PENDING, FAILED, UNSUPPORTED_IMAGE, …
   */
  readonly status: string;
  readonly description: string | undefined;
  /** By severity in ECR's spelling; a severity without findings is left out. */
  readonly severityCounts: Readonly<Record<string, number>>;
}

/** Vulnerability scans, read only. */
export interface ImageScans {
  /** Undefined when the image was never scanned, or its scan has not begun. */
  read(repository: string, digest: string): Promise<ImageScan | undefined>;
  /** Whether ECR scans what is pushed without being asked, by basic or by enhanced scanning. */
  scansOnPush(repository: string): Promise<boolean>;
}
