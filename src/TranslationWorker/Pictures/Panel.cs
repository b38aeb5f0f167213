using Gateway.Imaging.Grids;

namespace Gateway.TranslationWorker;

/// <summary>One picture of a translation, with the grey window it is to be looked at in.</summary>
/// <param name="Kind"><c>source, registered, masked, synthetic, cycle, patient</c>, <c>uncertainty</c> where it is asked for, <c>checkerboard</c> for what a gate stopped.</param>
/// <param name="PixelAspect">Pixel height over pixel width.</param>
public sealed record Panel(string Kind, string Caption, Image Image, double Low, double High, double PixelAspect = 1);
