using Gateway.Imaging.Grids;

namespace Gateway.TranslationWorker;

/// <summary>One picture of a translation, with the grey window for looking at it.</summary>
/// <param name="Kind"><c>source, registered, masked, synthetic, cycle, patient</c>; <c>uncertainty</c> if asked
/// for; <c>checkerboard</c> if a
/// gate stopped the series.</param>
/// <param name="PixelAspect">Pixel height over pixel width.</param>
public sealed record Panel(string Kind, string Caption, Image Image, double Low, double High, double PixelAspect = 1);
