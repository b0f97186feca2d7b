document.body.append('The labelling page.');
