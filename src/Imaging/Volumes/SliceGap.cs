namespace Gateway.Imaging.Volumes;

/// <summary>A place in an otherwise even stack where slices are missing between two others.</summary>
/// <param name="Below">Index of the slice under the gap.</param>
/// <param name="Millimetres">Distance from that slice to the next, mm.</param>
/// <param name="Missing">How many slices of the usual distance would fill it, at least 1.</param>
public readonly record struct SliceGap(int Below, double Millimetres, int Missing);
