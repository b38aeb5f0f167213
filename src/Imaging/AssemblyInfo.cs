using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Gateway.Imaging.Tests")]
