/** How to publish and compare traces in one kind of place. */
export interface Recipe {
  /** Stands in the page's address, after the #. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly files: readonly RecipeFile[];
}

/** A file to copy, or commands to give. */
export interface RecipeFile {
  /** Where it goes; "" for commands. */
  readonly name: string;
  readonly text: string;
}
