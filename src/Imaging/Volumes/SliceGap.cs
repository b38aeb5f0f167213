namespace Gateway.Imaging.Volumes;

/// <summary>A place between two slices of an otherwise even stack where others must have been.</summary>
/// <param name="Below">Index of the slice under the gap.</param>
/// <param name="Millimetres">Distance from it to the next slice.</param>
/// <param name="Missing">How many slices of the usual distance would fill it, at least 1.</param>
public readonly record struct SliceGap(int Below, double Millimetres, int Missing);
